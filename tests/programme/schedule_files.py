"""A small programme of another system."""

TABLE = """id,day,room,start,minutes,title,type,lines,speakers
a1,2027-07-05,Popov,2027-07-05T09:00,60,Oasis networks,Workshop,C2|C7-eagri,Amina|Basel
a2,2027-07-05,Popov,2027-07-05T10:00,45,شبكات الواحات,,Other,Amina
a3,2027-07-06,Room B,2027-07-06T09:00,90,Rivers,Dialogue,,
"""
